namespace GridVolunteer.Groups.Views;

/// <summary>The state that those who joined at a view begin with.</summary>
/// <param name="view">The number of that view.</param>
/// <param name="waiting">Those who are not known to have it.</param>
internal sealed class StateHandover(ulong view, List<MemberLife> waiting)
{
    public ulong View { get; } = view;

    public List<MemberLife> Waiting { get; } = waiting;

    /// <summary>The state; null while it is not here.</summary>
    public ReadOnlyMemory<byte>? State { get; set; }
}
