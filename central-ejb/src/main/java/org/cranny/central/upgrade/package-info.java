/** Which version runs where, and how machines that central installed get the next one. */
package org.cranny.central.upgrade;
