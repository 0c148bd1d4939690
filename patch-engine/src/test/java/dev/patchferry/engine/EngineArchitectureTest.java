package dev.patchferry.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine is pure: it knows the contract, a JSON tree and a library that compares lines. */
@AnalyzeClasses(packages = "dev.patchferry.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {
    @ArchTest
    static final ArchRule nothingButTheContractIsImported = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.patchferry.engine..",
                    "dev.patchferry.contract..",
                    "com.fasterxml.jackson.databind..",
                    "com.github.difflib..",
                    "org.jspecify.annotations..",
                    "java..");

    @ArchTest
    static final ArchRule readingADocumentDoesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile|PrintStream)")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Process|ProcessBuilder|Runtime|Thread)");

    @ArchTest
    static final ArchRule arrowsRunOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("format")
            .definedBy("..format..")
            .layer("edit")
            .definedBy("..edit..")
            .layer("plan")
            .definedBy("..plan..")
            .layer("policy")
            .definedBy("..policy..")
            .whereLayer("format")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("policy")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("format", "edit");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.patchferry.engine.(*)..").should().beFreeOfCycles();
}
