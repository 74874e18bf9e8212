package org.cranny.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Features stand on each other in one order, and the daemon cannot read what it keeps. */
class ArchitectureTest {
    private static final String ROOT = "org.cranny.daemon";

    private final JavaClasses daemon = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void featuresStandOnEarlierOnesOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("capacity")
                .definedBy(ROOT + ".capacity")
                .layer("identity")
                .definedBy(ROOT + ".identity")
                .layer("shelf")
                .definedBy(ROOT + ".shelf")
                .layer("status")
                .definedBy(ROOT + ".status")
                .layer("grant")
                .definedBy(ROOT + ".grant")
                .layer("intake")
                .definedBy(ROOT + ".intake")
                .layer("copy")
                .definedBy(ROOT + ".copy")
                .layer("trash")
                .definedBy(ROOT + ".trash")
                .layer("monitor")
                .definedBy(ROOT + ".monitor")
                .layer("heartbeat")
                .definedBy(ROOT + ".heartbeat")
                .layer("reclaim")
                .definedBy(ROOT + ".reclaim")
                .layer("scrub")
                .definedBy(ROOT + ".scrub")
                .layer("upgrade")
                .definedBy(ROOT + ".upgrade")
                .layer("web")
                .definedBy(ROOT + ".web")
                .layer("whole")
                .definedBy(ROOT)
                .whereLayer("shelf")
                .mayOnlyBeAccessedByLayers("intake", "copy", "trash", "scrub", "web", "whole")
                .whereLayer("status")
                .mayOnlyBeAccessedByLayers("intake", "heartbeat", "scrub", "upgrade", "web", "whole")
                .whereLayer("grant")
                .mayOnlyBeAccessedByLayers("copy", "trash", "web", "whole")
                .whereLayer("intake")
                .mayOnlyBeAccessedByLayers("copy", "web", "whole")
                .whereLayer("copy")
                .mayOnlyBeAccessedByLayers("web", "whole")
                .whereLayer("trash")
                .mayOnlyBeAccessedByLayers("web", "whole")
                .whereLayer("monitor")
                .mayOnlyBeAccessedByLayers("heartbeat", "whole")
                .whereLayer("heartbeat")
                .mayOnlyBeAccessedByLayers("upgrade", "whole")
                .whereLayer("upgrade")
                .mayOnlyBeAccessedByLayers("whole")
                .whereLayer("reclaim")
                .mayOnlyBeAccessedByLayers("heartbeat", "whole")
                .whereLayer("scrub")
                .mayOnlyBeAccessedByLayers("heartbeat", "whole")
                .whereLayer("web")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("whole")
                .mayNotBeAccessedByAnyLayer()
                .check(daemon);
    }

    @Test
    void knowsNothingOfPlaintext() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.cranny.engine..", "org.cranny.client..", "org.cranny.central..")
                .check(daemon);
    }

    @Test
    void onlyEnrollmentUsesTheCertificateLibrary() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Enrollment")
                .and()
                .doNotHaveSimpleName("Rehearsal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(daemon);
    }

    /** It is on the class path of the process, where nothing else of the application may be. */
    @Test
    void launchStandsAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".launch")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net.ssl..", ROOT + ".launch")
                .check(daemon);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".launch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".launch")
                .check(daemon);
    }

    @Test
    void onlyWebSpeaksServlet() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".web")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .check(daemon);
    }

    /** Where the disk fails there is no answer, and what guards something is not to count as absent. */
    @Test
    void whatIsThereIsNotTakenForAbsentWhenItCannotBeRead() {
        noClasses()
                .should()
                .callMethod(Files.class, "exists", Path.class, LinkOption[].class)
                .because("it is false for a file that cannot be looked at; Files.notExists is sure")
                .check(daemon);
    }

    @Test
    void onlyThePulseKnowsTimers() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Pulse")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ejb..")
                .check(daemon);
    }
}
