/** Tokens with which programs act for people. */
package org.cranny.central.access;
