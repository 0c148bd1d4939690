package dev.patchferry.webhook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchferry.webhook.store.ActivityLog;
import dev.patchferry.webhook.store.CompletionWaiter;
import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.PatchStore;
import org.jdbi.v3.core.JdbiException;

/**
 * The arrows of the design. {@code application} is what every face calls; {@code view} and {@code runner} are what several
 * features share: how a patch is shown over REST, and the way to the runner. Every feature may use the contract and the foundation.
 */
@AnalyzeClasses(packages = "dev.patchferry.webhook", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule application = only("application", "auth", "store", "runner");

    /** An operation is told who calls; it does not look up a request, nor answer one. */
    @ArchTest
    static final ArchRule theApplicationKnowsNoRequest = noClasses()
            .that()
            .resideInAPackage("dev.patchferry.webhook.application")
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "io.quarkus.vertx.."));

    @ArchTest
    static final ArchRule intake = only("intake", "application", "auth", "store", "view");

    @ArchTest
    static final ArchRule status = only("status", "application", "auth", "store", "view");

    @ArchTest
    static final ArchRule events = only("events", "application", "auth", "store", "view", "runner");

    /** What answers a request binds and maps; of the store it knows records alone. */
    @ArchTest
    static final ArchRule resourcesHoldNoLogic = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.patchferry.webhook.intake", "dev.patchferry.webhook.status", "dev.patchferry.webhook.view")
            .should()
            .dependOnClassesThat(assignableTo(PatchStore.class)
                    .or(assignableTo(Outbox.class))
                    .or(assignableTo(ActivityLog.class))
                    .or(assignableTo(CompletionWaiter.class)));

    @ArchTest
    static final ArchRule delivery = only("delivery", "store", "runner");

    @ArchTest
    static final ArchRule outcome = only("outcome", "store", "runner");

    @ArchTest
    static final ArchRule health = only("health", "store", "runner");

    @ArchTest
    static final ArchRule view = only("view", "application", "store", "runner");

    @ArchTest
    static final ArchRule audit = only("audit", "auth", "store");

    @ArchTest
    static final ArchRule store = only("store");

    @ArchTest
    static final ArchRule runner = only("runner");

    @ArchTest
    static final ArchRule auth = only("auth", "signature");

    @ArchTest
    static final ArchRule signature = only("signature");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.patchferry.webhook.(*)..").should().beFreeOfCycles();

    /** The others may learn that the store failed, and no more. */
    @ArchTest
    static final ArchRule onlyTheStoreSpeaksSql = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchferry.webhook.store")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.jdbi..", "java.sql..", "org.sqlite..", "org.flywaydb..")
                    .and(not(type(JdbiException.class))));

    @ArchTest
    static final ArchRule faultToleranceIsInOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("GuardedRunner")
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse.microprofile.faulttolerance"));

    private static ArchRule only(String feature, String... others) {
        String[] allowed = new String[others.length];
        for (int i = 0; i < others.length; i++) {
            allowed[i] = "dev.patchferry.webhook." + others[i] + "..";
        }
        String self = "dev.patchferry.webhook." + feature + "..";
        return noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.patchferry.webhook..")
                        .and(not(resideInAPackage(self)))
                        .and(not(resideInAnyPackage(allowed))));
    }
}
