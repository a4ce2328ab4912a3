//! TLS: a server is believed only if its certificate is one that this machine trusts, or that of the
//! authority which `sslrootcert` names.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::Trouble;

/// A connector that trusts the certificates in this file, or those that the system trusts.
pub(super) fn connector(root_certificates: Option<&Path>) -> Result<MakeRustlsConnect, Trouble> {
    let mut roots = RootCertStore::empty();
    match root_certificates {
        Some(path) => {
            let unreadable = |why: String| {
                Trouble::new(
                    format!("the certificates in {} can't be read: {why}", path.display()),
                    "name with sslrootcert a PEM file that holds the certificate of the server's authority",
                )
            };
            let certificates =
                CertificateDer::pem_file_iter(path).map_err(|error| unreadable(error.to_string()))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
                roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
            }
        }
        None => {
            let (_, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(Trouble::new(
            "there is no certificate to know the server by",
            "name the certificate of its authority with sslrootcert=FILE in the URL, or install the system's \
             certificates (package ca-certificates)",
        ));
    }
    let failed = |error: rustls::Error| Trouble::new(format!("TLS can't be used: {error}"), "");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
