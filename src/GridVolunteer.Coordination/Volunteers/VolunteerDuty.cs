using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// Something a volunteer's host must tell a shard. When the call fails for good the host says so
/// (<see cref="Volunteer.Undone"/>), and the duty comes again.
/// </summary>
/// <param name="Shard">Whom to tell.</param>
public abstract record VolunteerDuty(ShardId Shard);
