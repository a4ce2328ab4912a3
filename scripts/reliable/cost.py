def cost(program, args): return {"wrong": []}
