package org.cranny.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs with {@code bin/verify --long} only: it takes minutes, or it walks a way of which the short form walks another part,
 * while the tests beside the code make the same claim without processes.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "cranny.long", matches = "true", disabledReason = "a long form: bin/verify --long")
@interface LongForm {}
