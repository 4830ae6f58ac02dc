using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>What is wrong with a portfolio: all of it is told at once, the first ones in words.</summary>
internal sealed class FaultList
{
    private const int ShownMax = 20;

    private readonly List<(int Line, string Text)> _shown = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a fault.</summary>
    /// <param name="line">The line of the file it is in, or 0.</param>
    /// <param name="text">Where it is and what to do, without a full stop.</param>
    public void Add(int line, string text)
    {
        Count++;
        if (_shown.Count < ShownMax)
        {
            _shown.Add((line, text));
        }
    }

    /// <summary>Throws when anything was wrong.</summary>
    /// <param name="input">The input's name.</param>
    /// <exception cref="WorkloadException">There are faults.</exception>
    public void ThrowIfAny(string input)
    {
        if (Count == 0)
        {
            return;
        }

        var shown = _shown.OrderBy(f => f.Line).Select(f => f.Text).ToArray();
        if (Count == 1)
        {
            throw new WorkloadException($"The input '{input}' is wrong: {shown[0]}.");
        }

        var rest = Count > shown.Length ? $"\n- and {Count - shown.Length} more." : "";
        var list = string.Concat(shown.Select(fault => $"\n- {fault}."));
        throw new WorkloadException($"The input '{input}' is wrong in {Count} places:{list}{rest}");
    }
}
