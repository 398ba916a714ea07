"""Lists: any noun's records filtered, sorted, grouped and looked at, once for the product."""
