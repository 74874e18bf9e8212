package org.cranny.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.junit.jupiter.api.Test;

/** The arrows of the backup application. */
class ArchitectureTest {
    private static final JavaClasses CLIENT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.cranny.client");

    @Test
    void featuresStandOnEachOtherInOneDirection() {
        slices().matching("org.cranny.client.(*)..").should().beFreeOfCycles().check(CLIENT);
    }

    @Test
    void onlyTheCommandLineKnowsTheCommandLineLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..client.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLIENT);
    }

    @Test
    void nobodyDependsOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..client.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..client.cli..")
                .check(CLIENT);
    }

    @Test
    void onlyCentralKnowsTheControlClientLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..client.central..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.glassfish.jersey..", "jakarta.ws.rs..", "jakarta.json.bind..")
                .check(CLIENT);
    }

    @Test
    void theEngineAloneKnowsTheSshLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.sshd..")
                .check(CLIENT);
    }

    @Test
    void onlyEnrollmentAndTheRealmKnowTheCertificateLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..client.enrollment..", "..client.realm..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLIENT);
    }

    @Test
    void onlyTheWindowNeedsAScreen() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..client.window..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..", "com.formdev..")
                .check(CLIENT);
    }

    @Test
    void onlyItsCommandKnowsTheWindow() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..client.window..")
                .and()
                .doNotHaveSimpleName("WindowCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..client.window..")
                .check(CLIENT);
    }

    /** What is shown comes from one class, which opens the home as commands do. */
    @Test
    void viewsNeverOpenTheHome() {
        noClasses()
                .that()
                .resideInAPackage("..client.window..")
                .and()
                .doNotHaveSimpleName("HomeBackups")
                .should()
                .callMethod(Machine.class, "open", Home.class)
                .check(CLIENT);
    }

    @Test
    void serversAreNeverUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.cranny.central..", "org.cranny.daemon..", "org.cranny.web..", "jakarta.ejb..")
                .check(CLIENT);
    }

    @Test
    void commandsArePrivateToTheCommandLine() {
        classes()
                .that()
                .resideInAPackage("..client.cli..")
                .and()
                .doNotHaveSimpleName("Main")
                .and()
                .doNotHaveSimpleName("AdminCommand")
                .and()
                .doNotHaveSimpleName("Common")
                .should()
                .notBePublic()
                .check(CLIENT);
    }
}
