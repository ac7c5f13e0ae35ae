// The policy pack is published by itself, so it is the one that owns what day it is.
export { today, todayVariable } from "../policies/day";
