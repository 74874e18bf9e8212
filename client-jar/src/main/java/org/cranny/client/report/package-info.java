/** Says to people and programs how work goes on: the same words wherever they read them. */
package org.cranny.client.report;
