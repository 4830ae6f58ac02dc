using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>Compares what a job needs with what a machine is and has.</summary>
public static class NeedsMatch
{
    private const double BytesPerGibibyte = 1 << 30;
    private const double BytesPerMebibyte = 1 << 20;

    /// <summary>Whether the machine meets every need.</summary>
    public static bool Meets(HostFacts host, JobNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(needs);
        return IsAmong(host.OperatingSystem, needs.OperatingSystems)
            && IsAmong(host.Architecture, needs.Architectures)
            && host.MemoryBytes >= needs.MemoryBytes && host.DiskBytes >= needs.DiskBytes
            && HasAll(host.Programs, needs.Programs);
    }

    /// <summary>Why the machine does not fit, as a sentence, or null when it does.</summary>
    public static string? WhyNot(HostFacts host, JobNeeds needs)
    {
        var missing = Demands(needs).Where(d => !d.IsMet(host)).Select(d => d.Text).ToList();
        return missing.Count == 0 ? null : $"The job needs {Listed(missing)}, and this agent has not.";
    }

    /// <summary>The needs one by one, each with its words.</summary>
    public static IReadOnlyList<Demand> Demands(JobNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        var demands = new List<Demand>();
        if (needs.OperatingSystems.Count > 0)
        {
            var words = string.Join(" or ", needs.OperatingSystems);
            demands.Add(new(words, h => IsAmong(h.OperatingSystem, needs.OperatingSystems)));
        }

        if (needs.Architectures.Count > 0)
        {
            var words = string.Join(" or ", needs.Architectures);
            demands.Add(new(words, h => IsAmong(h.Architecture, needs.Architectures)));
        }

        if (needs.MemoryBytes > 0)
        {
            demands.Add(new($"{Size(needs.MemoryBytes)} of memory", h => h.MemoryBytes >= needs.MemoryBytes));
        }

        if (needs.DiskBytes > 0)
        {
            demands.Add(new($"{Size(needs.DiskBytes)} of disk", h => h.DiskBytes >= needs.DiskBytes));
        }

        demands.AddRange(needs.Programs.Select(p => new Demand(p, h => Has(h.Programs, p))));
        return demands;
    }

    /// <summary>Words as a list: "a, b and c".</summary>
    internal static string Listed(IReadOnlyList<string> words) => words.Count < 2
        ? string.Concat(words)
        : string.Join(", ", words.SkipLast(1)) + " and " + words[^1];

    private static bool IsAmong(string word, IReadOnlyList<string> words) =>
        words.Count == 0 || Has(words, word);

    private static bool HasAll(IReadOnlyList<string> programs, IReadOnlyList<string> needed)
    {
        for (var i = 0; i < needed.Count; i++)
        {
            if (!Has(programs, needed[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Asked for every job at every request, so it makes no enumerators.
    private static bool Has(IReadOnlyList<string> words, string word)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (string.Equals(words[i], word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Size(long bytes) => bytes >= BytesPerGibibyte
        ? $"{bytes / BytesPerGibibyte:0.#} GiB"
        : $"{Math.Max(bytes / BytesPerMebibyte, 0.1):0.#} MiB";
}
