/** Sources' key rings, sealed. */
package org.cranny.central.escrow;
