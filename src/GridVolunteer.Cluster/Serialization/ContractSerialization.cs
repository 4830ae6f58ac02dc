using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>
/// How calls travel between silos. The contracts know nothing of Orleans: their records go as JSON, by
/// namespace.
/// </summary>
internal static class ContractSerialization
{
    /// <summary>Adds it.</summary>
    public static void Add(IServiceCollection services)
    {
        // Asked in this order, and before what Orleans brings along.
        services.AddSingleton<IGeneralizedCodec, ReadOnlyListCodec>();
        services.AddSingleton<IGeneralizedCopier, ImmutableCopier>();
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            ContractTypes.Contain,
            new JsonSerializerOptions
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            }));
        services.Configure<ExceptionSerializationOptions>(
            options => options.SupportedNamespacePrefixes.UnionWith(["GridVolunteer", "StackExchange"]));
    }
}
