namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>
/// Finds the least of a function of two numbers (J. Nelder, R. Mead, 1965): a triangle walks downhill and
/// shrinks. No derivatives, and the same steps on every machine.
/// </summary>
internal static class SimplexSearch
{
    private const double Size = 0.1;
    private const double SizeMin = 1e-9;
    private const int StepsMax = 400;

    /// <summary>The place of the least near a start.</summary>
    public static (double A, double B) Minimize(Func<double, double, double> function, double a, double b)
    {
        Corner At(double x, double y) => new(x, y, function(x, y));
        Corner[] corners = [At(a, b), At(a + Size, b), At(a, b + Size)];
        for (var step = 0; step < StepsMax; step++)
        {
            Array.Sort(corners, (p, q) => p.Value.CompareTo(q.Value));
            var (best, good, worst) = (corners[0], corners[1], corners[2]);
            if (Math.Abs(worst.A - best.A) + Math.Abs(worst.B - best.B) < SizeMin)
            {
                break;
            }

            var (middleA, middleB) = ((best.A + good.A) / 2, (best.B + good.B) / 2);
            Corner Along(double t) =>
                At(middleA + (t * (worst.A - middleA)), middleB + (t * (worst.B - middleB)));
            var reflected = Along(-1);
            var moved =
                reflected.Value < best.Value ? Better(Along(-2), reflected)
                : reflected.Value < good.Value ? reflected
                : Better(Along(0.5), Along(-0.5));
            corners[2] = moved;
            if (moved.Value >= worst.Value)
            {
                corners[1] = At((best.A + good.A) / 2, (best.B + good.B) / 2);
                corners[2] = At((best.A + worst.A) / 2, (best.B + worst.B) / 2);
            }
        }

        return (corners[0].A, corners[0].B);
    }

    private static Corner Better(Corner p, Corner q) => p.Value < q.Value ? p : q;

    private readonly record struct Corner(double A, double B, double Value);
}
