namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// What was delivered here in other groups when a causal message's turn to be sent came. It leaves once that is delivered
/// everywhere: so nobody has to carry, or know, the history of groups it is not in.
/// </summary>
/// <param name="last">The number of the last message that it is good for.</param>
internal sealed class CausalBarrier(ulong last)
{
    private readonly List<(OrderedView View, ulong[] UpTo)> _before = [];

    /// <summary>The number of the last message that may be sent once it is passed.</summary>
    public ulong Last { get; } = last;

    public void Add(OrderedView view) => _before.Add((view, view.Plain.CausalSoFar()));

    public bool IsPassed()
    {
        _before.RemoveAll(b => b.View.Group.IsOut || b.View.Plain.IsWithAll(b.UpTo));
        return _before.Count == 0;
    }
}
