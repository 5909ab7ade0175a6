def draft(root, seed):
    raise NotImplementedError
