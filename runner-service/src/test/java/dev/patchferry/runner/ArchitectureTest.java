package dev.patchferry.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;

/** The arrows between the runner's features; a patch walks each house once, front to back. */
@AnalyzeClasses(packages = "dev.patchferry.runner", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule arrowsRunOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("intake")
            .definedBy("..intake..")
            .layer("queue")
            .definedBy("..queue..")
            .layer("execution")
            .definedBy("..execution..")
            .layer("sandbox")
            .definedBy("..sandbox..")
            .layer("workspace")
            .definedBy("..workspace..")
            .layer("process")
            .definedBy("..process..")
            .layer("format")
            .definedBy("..format..")
            .layer("edit")
            .definedBy("..edit..")
            .layer("plan")
            .definedBy("..plan..")
            .layer("policy")
            .definedBy("..policy..")
            .layer("git")
            .definedBy("..runner.git..")
            .layer("retention")
            .definedBy("..retention..")
            .layer("logs")
            .definedBy("..logs..")
            .layer("redaction")
            .definedBy("..runner.redaction..")
            .layer("journal")
            .definedBy("..journal..")
            .whereLayer("intake")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("intake")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("intake")
            .whereLayer("execution")
            .mayOnlyBeAccessedByLayers("intake", "queue")
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("intake", "execution")
            .whereLayer("workspace")
            .mayOnlyBeAccessedByLayers("intake", "queue", "execution", "sandbox")
            .whereLayer("process")
            .mayOnlyBeAccessedByLayers("intake", "queue", "execution", "sandbox")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers("intake", "execution")
            .whereLayer("edit")
            .mayOnlyBeAccessedByLayers("workspace")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("intake", "execution", "workspace", "format", "edit")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("intake", "execution")
            .whereLayer("git")
            .mayOnlyBeAccessedByLayers("intake", "execution", "workspace")
            .whereLayer("logs")
            .mayOnlyBeAccessedByLayers("intake", "queue", "execution", "retention")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("intake", "queue", "execution", "logs", "retention")
            .whereLayer("redaction")
            .mayOnlyBeAccessedByLayers("intake", "logs", "journal");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.patchferry.runner.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule readingADocumentDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("..format..", "..plan..", "..edit..", "..policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "org.jdbi..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile|PrintStream)")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Process|ProcessBuilder|Runtime)");

    @ArchTest
    static final ArchRule processesBeginInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..process..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule nativeCallsAreMadeInFewClasses = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.process\\.(OutputPipe|Poll|ProcessDescriptor|ThreadIsolation|ThreadMounts)(\\$.*)?")
            .and()
            .haveNameNotMatching(
                    ".*\\.workspace\\.(NativeCall|NativeFiles|Descriptors|FolderEntries|FileAttributes|ExtendedAttributes|"
                            + "ReadBuffer|ReadLease|WorkspaceLocks)")
            .and()
            .doNotHaveSimpleName("MemoryFileBlocks")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule theFrameworkStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackage("..intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "io.smallrye..");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
