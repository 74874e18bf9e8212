package org.cranny.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The tests of this class share one state of the realm and its folders, which {@link SharesRealm} leaves alone between them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface LeavesRealm {}
