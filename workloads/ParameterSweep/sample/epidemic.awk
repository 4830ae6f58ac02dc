# An epidemic in a closed population of 1: susceptible, infected, recovered, one step a day.
# Variables: beta (infections a day), gamma (recoveries a day). Prints the peak, its day and the final size.
BEGIN {
    s = 0.999; i = 0.001; r = 0
    for (day = 1; day <= 300; day++) {
        infected = beta * s * i
        recovered = gamma * i
        s -= infected
        i += infected - recovered
        r += recovered
        if (i > peak) {
            peak = i
            peakDay = day
        }
        if (day % 10 == 0) {
            printf "%d %.6f\n", day, i > "curve.txt"
        }
    }
    printf "peak %.6f day %d size %.6f\n", peak, peakDay, r
}
