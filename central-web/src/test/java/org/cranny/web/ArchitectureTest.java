package org.cranny.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** The arrows of central's faces. */
class ArchitectureTest {
    private static final JavaClasses WEB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.cranny.web");

    @Test
    void featuresFormNoCircle() {
        slices().matching("org.cranny.web.(*)..").should().beFreeOfCycles().check(WEB);
    }

    @Test
    void facesSpeakWithCentralAndNotWithStores() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.cranny.engine..",
                        "org.cranny.client..",
                        "org.cranny.daemon..",
                        "jakarta.persistence..",
                        "java.sql..",
                        "javax.sql..")
                .check(WEB);
    }

    @Test
    void onlyTheDirectoryKnowsLdap() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cranny.web.directory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.unboundid..", "javax.naming..")
                .check(WEB);
    }

    @Test
    void pagesDoNotGoThroughTheApi() {
        noClasses()
                .that()
                .resideInAnyPackage("org.cranny.web.admin", "org.cranny.web.pages..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.cranny.web.api")
                .check(WEB);
    }

    @Test
    void resourcesLiveInApi() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .resideInAPackage("org.cranny.web.api")
                .check(WEB);
    }
}
