namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// Reads the correlation of assets: one number for all pairs, one for each pair (1-2, 1-3, …, 2-3, …), or the
/// whole matrix row by row.
/// </summary>
internal static class CorrelationReader
{
    private static readonly FieldLimits Limits = new(-1, 1, "the correlation of two assets' returns");

    /// <summary>
    /// The matrix; null when it is missing or wrong, and that is noted through <paramref name="refuse"/>.
    /// </summary>
    public static double[,]? Read(IReadOnlyList<string> values, int assets, Action<string> refuse)
    {
        var pairs = assets * (assets - 1) / 2;
        if (values.Count == 0)
        {
            refuse("correlation is missing: give one for all pairs, one for each pair, or the matrix");
            return null;
        }

        if (values.Count != 1 && values.Count != pairs && values.Count != assets * assets)
        {
            refuse($"correlation has {values.Count} values, but for {assets} assets it must have 1 (for all "
                + $"pairs), {pairs} (the pairs 1-2, 1-3, …) or {assets * assets} (the matrix)");
            return null;
        }

        return Parse(values, refuse) is { } numbers
            ? numbers.Length == assets * assets ? Check(numbers, assets, refuse) : Fill(numbers, assets)
            : null;
    }

    private static double[]? Parse(IReadOnlyList<string> values, Action<string> refuse)
    {
        var numbers = new double[values.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!NumberText.TryParse(values[i], out numbers[i], out var fault))
            {
                refuse($"correlation is '{FieldNames.Shown(values[i])}', but {fault}");
                return null;
            }

            if (Limits.Fault(numbers[i]) is { } limit)
            {
                refuse($"correlation is {FieldLimits.Text(numbers[i])}, but {limit}");
                return null;
            }
        }

        return numbers;
    }

    private static double[,] Fill(double[] numbers, int assets)
    {
        var matrix = new double[assets, assets];
        var next = 0;
        for (var row = 0; row < assets; row++)
        {
            matrix[row, row] = 1;
            for (var column = row + 1; column < assets; column++)
            {
                var pair = numbers.Length == 1 ? numbers[0] : numbers[next++];
                matrix[row, column] = matrix[column, row] = pair;
            }
        }

        return matrix;
    }

    private static double[,]? Check(double[] numbers, int assets, Action<string> refuse)
    {
        var matrix = new double[assets, assets];
        for (var row = 0; row < assets; row++)
        {
            for (var column = 0; column < assets; column++)
            {
                matrix[row, column] = numbers[(row * assets) + column];
                if (row == column && matrix[row, row] != 1)
                {
                    refuse($"the correlation matrix has {FieldLimits.Text(matrix[row, row])} on its diagonal "
                        + $"(row {row + 1}), but must have 1");
                    return null;
                }

                if (column < row && matrix[row, column] != matrix[column, row])
                {
                    refuse("the correlation matrix is not symmetric: "
                        + $"{FieldLimits.Text(matrix[row, column])} in row {row + 1}, column {column + 1}, but {FieldLimits.Text(matrix[column, row])} "
                        + "across the diagonal");
                    return null;
                }
            }
        }

        return matrix;
    }
}
