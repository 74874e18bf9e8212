package org.cranny.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
    @RolesAllowed("host")
    static class Resource {
        public void silent() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @RolesAllowed({"source", "administrator"})
        public void narrowed() {}
    }

    @Test
    void methodWithoutRuleSaysNothingByItself() throws NoSuchMethodException {
        assertEquals(Optional.empty(), Gate.rule(Resource.class.getMethod("silent")));
    }

    @Test
    void classRuleNamesItsRoles() {
        assertEquals(Optional.of(new Gate.Rule(false, Set.of("host"))), Gate.rule(Resource.class));
    }

    @Test
    void methodRuleNamesItsOwnRoles() throws NoSuchMethodException {
        assertEquals(
                Set.of("source", "administrator"),
                Gate.rule(Resource.class.getMethod("narrowed")).orElseThrow().roles());
    }

    @Test
    void permitAllIsForEverybodyAndDenyAllForNobody() throws NoSuchMethodException {
        assertTrue(Gate.rule(Resource.class.getMethod("open")).orElseThrow().everybody());
        assertEquals(
                Gate.Rule.NOBODY, Gate.rule(Resource.class.getMethod("closed")).orElseThrow());
    }

    @Test
    void nothingAnnotatedMeansNobody() {
        assertTrue(Gate.rule(String.class).isEmpty());
        assertTrue(Gate.Rule.NOBODY.roles().isEmpty() && !Gate.Rule.NOBODY.everybody());
    }
}
