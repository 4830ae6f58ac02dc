using System.Text.Json.Serialization;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>The kinds of agreement.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgreementKind>))]
public enum AgreementKind
{
    /// <summary>Equal bytes.</summary>
    Exact,

    /// <summary>JSON of equal shape whose numbers differ within the tolerance.</summary>
    Numeric,
}
