using System.Text.Json;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.About;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Protocol.Json;

/// <summary>
/// The source-generated JSON of API version 1: camelCase names, unknown fields ignored, nulls left out.
/// Requests with missing required fields are refused by the reader itself.
/// </summary>
/// <remarks>
/// An absent field reaches an init-only property as null or 0, since the source generator passes all of them
/// to the initialiser. So optional numbers have a setter, and optional lists, texts and records are init-only
/// and turn null into their default. With a setter, explicit nulls would pass asynchronous reading, whatever
/// the annotations say.
/// </remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(WorkRequest))]
[JsonSerializable(typeof(WorkAnswer))]
[JsonSerializable(typeof(JobRecipe))]
[JsonSerializable(typeof(ChildResults))]
[JsonSerializable(typeof(ChallengeRequest))]
[JsonSerializable(typeof(Challenge))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(PeerView))]
[JsonSerializable(typeof(PeerPage))]
[JsonSerializable(typeof(JobSubmission))]
[JsonSerializable(typeof(JobAccepted))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(FailurePage))]
[JsonSerializable(typeof(MissingRequest))]
[JsonSerializable(typeof(MissingAnswer))]
[JsonSerializable(typeof(GridEvent))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(AboutView))]
public sealed partial class ProtocolJson : JsonSerializerContext;
