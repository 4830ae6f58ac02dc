using System.Text.Json.Serialization;

namespace GridVolunteer.Protocol.Work;

/// <summary>The ways in which a unit fails on an agent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnitFailureKind>))]
public enum UnitFailureKind
{
    /// <summary>The workload threw.</summary>
    Threw,

    /// <summary>The unit ran past its time limit.</summary>
    TimedOut,

    /// <summary>The result is larger than the job allows.</summary>
    ResultTooLarge,

    /// <summary>The package cannot be loaded.</summary>
    CannotLoad,

    /// <summary>The worker process ended without an answer.</summary>
    WorkerDied,

    /// <summary>An input is missing or has the wrong hash.</summary>
    InputUnavailable,

    /// <summary>Said by the coordinator only: results of many agents never agreed.</summary>
    NoAgreement,
}
