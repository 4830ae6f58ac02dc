using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// Takes notices whose turn is durable and delivers each at least once, sooner or later, unless the process
/// ends.
/// </summary>
public interface INoticeOutbox
{
    /// <summary>Takes notices; never waits for their delivery and does not keep the list.</summary>
    void Post(IReadOnlyList<Notice> notices);
}
