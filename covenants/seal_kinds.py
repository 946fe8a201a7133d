"""The kinds of seal that the settings may name; apart, so that who only checks the settings loads no seal."""

TEST = "test"
KINDS = (TEST, "pem", "pkcs12", "pkcs11", "csc")
