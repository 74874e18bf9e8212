/** Whether this machine runs on its battery. */
package org.cranny.client.power;
