package org.cranny.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.cranny.engine");

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.cranny.engine.(*)..").should().beFreeOfCycles().check(ours);
    }

    @Test
    void knowsNoScreenNoServerNoTimer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ejb..",
                        "jakarta.persistence..",
                        "jakarta.ws..",
                        "jakarta.faces..",
                        "picocli..",
                        "javax.swing..",
                        "org.cranny.client..",
                        "org.cranny.central..",
                        "org.cranny.daemon..")
                .check(ours);
    }

    @Test
    void onlyOnePackageReachesTheSystemBeyondJava() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cranny.engine.posix")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(ours);
    }

    @Test
    void onlySshKnowsTheSshLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cranny.engine.ssh")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.sshd..")
                .check(ours);
    }
}
