/** Spot checks of fragments. */
package org.cranny.protocol.proof;
