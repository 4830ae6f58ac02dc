namespace GridVolunteer.Agent.Work;

/// <summary>The agent's work in numbers.</summary>
/// <param name="Computed">Units computed since the start.</param>
/// <param name="Failed">Units that failed since the start.</param>
/// <param name="Waiting">Units that wait.</param>
/// <param name="Running">Units that run.</param>
/// <param name="Unacknowledged">Finished units that the coordinator has not acknowledged.</param>
internal readonly record struct WorkCounts(long Computed, long Failed, int Waiting, int Running, int Unacknowledged);
