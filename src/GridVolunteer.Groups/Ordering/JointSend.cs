namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// A message that waits to be sent to several groups at once. It stands in the row of each of them, and leaves when it is
/// the first in all.
/// </summary>
/// <param name="groups">The groups, by their ids.</param>
internal sealed class JointSend(OrderedGroup[] groups)
{
    public OrderedGroup[] Groups { get; } = groups;

    /// <summary>True when it can never be sent: this process is out of one of the groups.</summary>
    public bool IsDead => Array.Exists(Groups, g => g.IsOut);

    public bool IsToTheSameAs(JointSend other) => Groups.AsSpan().SequenceEqual(other.Groups);
}
