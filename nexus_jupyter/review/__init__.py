"""Whether a program does what was asked: findings by rule and line."""
