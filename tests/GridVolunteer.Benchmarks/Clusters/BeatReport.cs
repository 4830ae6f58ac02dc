namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>What heartbeats cost.</summary>
/// <param name="Volunteers">How many beat in turn.</param>
/// <param name="Silos">How many processes they spread over.</param>
/// <param name="Beats">Heartbeats measured.</param>
/// <param name="BeatsPerSecond">Heartbeats a second.</param>
/// <param name="MicrosecondsPerBeat">Processor time of a heartbeat, for each part of the service.</param>
/// <param name="BytesPerVolunteer">By how much resident memory grew for each volunteer that came.</param>
internal sealed record BeatReport(
    int Volunteers, int Silos, long Beats, double BeatsPerSecond, IReadOnlyList<double> MicrosecondsPerBeat,
    long BytesPerVolunteer);
