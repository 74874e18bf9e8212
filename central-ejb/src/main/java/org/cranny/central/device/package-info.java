/** Phones and appliances: their owners upload files, central seals and spreads them, and gives them back. */
package org.cranny.central.device;
