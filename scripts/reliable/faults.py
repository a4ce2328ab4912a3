def disk(program, args): return {"wrong": []}
folder=register=clock=disk
