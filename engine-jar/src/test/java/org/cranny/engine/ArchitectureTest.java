package org.cranny.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

    /** Where the disk fails there is no answer, and what is there is not to count as absent. */
    @Test
    void whatIsThereIsNotTakenForAbsentWhenItCannotBeRead() {
        noClasses()
                .should()
                .callMethod(Files.class, "exists", Path.class, LinkOption[].class)
                .because("it is false for a file that cannot be looked at; Files.notExists is sure")
                .check(ours);
    }
}
