package org.cranny.central;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.Singleton;
import jakarta.persistence.Entity;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "settings",
            "database",
            "timer",
            "log",
            "system",
            "authority",
            "enrollment",
            "access",
            "reliability",
            "placement",
            "approval",
            "brake",
            "escrow",
            "snapshot",
            "masterfile",
            "browse",
            "policy",
            "job",
            "retention",
            "proof",
            "repair",
            "recovery",
            "alert",
            "device",
            "dump",
            "anchor",
            "syslog",
            "health",
            "metrics",
            "installation",
            "upgrade");

    private static final JavaClasses CENTRAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cranny.central");

    @Test
    void earlierFeaturesKnowNoLaterOnes() {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> "org.cranny.central." + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("org.cranny.central." + ORDER.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true)
                    .check(CENTRAL);
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        classes()
                .should()
                .resideInAnyPackage(
                        ORDER.stream().map(name -> "org.cranny.central." + name).toArray(String[]::new))
                .check(CENTRAL);
    }

    @Test
    void noEntityLeavesItsFeature() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .check(CENTRAL);
    }

    @Test
    void centralKnowsNeitherFacesNorDaemonsNorClients() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.cranny.web..",
                        "org.cranny.daemon..",
                        "org.cranny.client..",
                        "jakarta.ws.rs..",
                        "org.apache.sshd..")
                .check(CENTRAL);
    }

    @Test
    void setupNeedsNoServer() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Setup")
                .or()
                .haveSimpleName("RealmFiles")
                .or()
                .haveSimpleName("HomeFolder")
                .or()
                .haveSimpleName("Certificates")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.eclipse..")
                .check(CENTRAL);
    }

    @Test
    void timersHoldNoLogic() {
        noClasses()
                .that()
                .areAnnotatedWith(Singleton.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..")
                .check(CENTRAL);
    }

    /** Where the disk fails there is no answer, and what is there is not to count as absent. */
    @Test
    void whatIsThereIsNotTakenForAbsentWhenItCannotBeRead() {
        noClasses()
                .should()
                .callMethod(Files.class, "exists", Path.class, LinkOption[].class)
                .because("it is false for a file that cannot be looked at; Files.notExists is sure")
                .check(CENTRAL);
    }
}
