package org.cranny.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.cranny.cluster", "org.cranny.quickstart", "org.cranny.system");

    @Test
    void aClusterKnowsItsProgramsOnlyFromOutside() {
        noClasses()
                .that()
                .resideInAPackage("org.cranny.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.cranny.client..",
                        "org.cranny.engine..",
                        "org.cranny.daemon..",
                        "org.cranny.central..",
                        "org.cranny.quickstart..")
                .check(ours);
    }

    @Test
    void treesAreComparedWithoutTheCodeThatBacksThemUp() {
        noClasses()
                .that()
                .resideInAPackage("org.cranny.system..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.cranny.engine.backup..", "org.cranny.engine.restore..", "org.cranny.engine.tree..")
                .check(ours);
    }
}
