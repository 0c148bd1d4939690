package dev.patchferry.webhook.auth;

/** What a principal may do. */
public final class Roles {
    /** Submit patches; read its own. */
    public static final String SUBMIT = "submit";
    /** Read every patch. */
    public static final String VIEW = "view";
    /** Everything. */
    public static final String OPERATE = "operate";

    private Roles() {}
}
