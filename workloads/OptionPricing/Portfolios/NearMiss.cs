namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class NearMiss
{
    private const int LengthMax = 40;
    private const int ShortMin = 3;

    /// <summary>
    /// The closest of the known names, when it is close enough to be a slip; else the one it shortens; else
    /// null.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        if (written.Length > LengthMax)
        {
            return null;
        }

        var lower = written.ToLowerInvariant();
        var names = known.ToList();
        return names.Select(name => (Name: name, Distance: Distance(lower, name.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(1, c.Name.Length / 3))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault() ?? Beginning(lower, names);
    }

    private static string? Beginning(string lower, List<string> names)
    {
        var longer = names.FindAll(name => name.StartsWith(lower, StringComparison.OrdinalIgnoreCase));
        return lower.Length >= ShortMin && longer.Count == 1 ? longer[0] : null;
    }

    /// <summary>Insertions, deletions and replacements that lead from one to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, replaced);
            }
        }

        return row[b.Length];
    }
}
