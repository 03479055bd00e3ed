
BscaleJf.