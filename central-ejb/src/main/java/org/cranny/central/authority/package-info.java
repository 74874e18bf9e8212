/** The realm's certificate authority and its other keys, from their making ({@code Setup}) on. */
package org.cranny.central.authority;
