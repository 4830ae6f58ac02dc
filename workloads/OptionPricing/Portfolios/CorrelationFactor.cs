namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// The lower triangular factor of a correlation matrix (Cholesky), found with additions, multiplications,
/// divisions and square roots only, so that every machine finds the same.
/// </summary>
internal static class CorrelationFactor
{
    // Below this what is left of a variance is rounding, and the matrix singular.
    private const double PivotMin = 1e-10;

    /// <summary>
    /// The factor's lower triangle with its diagonal, row by row; null when the matrix is not positive
    /// definite.
    /// </summary>
    public static double[]? Of(double[,] correlation)
    {
        var n = correlation.GetLength(0);
        var factor = new double[n * (n + 1) / 2];
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = correlation[row, column];
                for (var k = 0; k < column; k++)
                {
                    rest -= factor[Place(row, k)] * factor[Place(column, k)];
                }

                if (column < row)
                {
                    factor[Place(row, column)] = rest / factor[Place(column, column)];
                }
                else if (rest > PivotMin)
                {
                    factor[Place(row, row)] = Math.Sqrt(rest);
                }
                else
                {
                    return null;
                }
            }
        }

        return factor;
    }

    /// <summary>Where an element of the lower triangle stands.</summary>
    public static int Place(int row, int column) => (row * (row + 1) / 2) + column;
}
