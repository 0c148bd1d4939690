package dev.patchferry.system.access;

/** Everybody who may knock; where it matters, at a patch of their own or of somebody else's. */
enum Who {
    NOBODY("no credential"),
    WRONG("wrong token"),
    EXPIRED("expired token"),
    REVOKED("revoked token"),
    SIGNED("signature"),
    SUBMIT_OWN("submit, own patch"),
    SUBMIT_OTHER("submit, another's"),
    ELSEWHERE("submit, other workspace"),
    READ("read"),
    VIEW("view"),
    OPERATE_OWN("operate, own patch"),
    OPERATE("operate, another's");

    private final String title;

    Who(String title) {
        this.title = title;
    }

    /** The head of the column. */
    String title() {
        return title;
    }

    /** The patch that they ask about. */
    String patch() {
        return this == SUBMIT_OTHER || this == OPERATE_OWN ? "operators" : "alices";
    }
}
