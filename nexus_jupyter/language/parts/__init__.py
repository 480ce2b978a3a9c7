"""Questions of several sentences or several asks: slots, a recipe, decision rules, and one plan for all of them."""
