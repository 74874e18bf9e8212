/** Packs get back the copies that they lost, and hosts that are to leave are emptied. */
package org.cranny.central.repair;
