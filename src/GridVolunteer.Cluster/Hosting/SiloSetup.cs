using System.Net;
using GridVolunteer.Cluster.Serialization;
using GridVolunteer.Cluster.Silos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>How Orleans is set up on a silo, each setting on purpose.</summary>
internal static class SiloSetup
{
    /// <summary>How long a grain that nobody asks stays in memory.</summary>
    public static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);

    /// <summary>Applies it.</summary>
    public static void Apply(ISiloBuilder silo, SiloOptions options, IConnectionMultiplexer redis)
    {
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ClusterId;
        });

        // No gateway: who calls grains from outside does so through the API.
        silo.ConfigureEndpoints(
            options.Address, options.SiloPort, gatewayPort: 0,
            listenOnAnyHostAddress: !IPAddress.IsLoopback(options.Address));
        silo.UseRedisClustering(clustering =>
        {
            clustering.ConfigurationOptions = ConfigurationOptions.Parse(options.Redis);
            clustering.CreateMultiplexer = _ => Task.FromResult((redis, true));
        });
        silo.Configure<ClusterMembershipOptions>(membership => Set(membership, options));
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = options.ResponseTimeout;
            messaging.SystemResponseTimeout = options.ResponseTimeout;
        });
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            // Brokers ask after every open shard each second, so what is idle for so long waits for nothing.
            collection.CollectionQuantum = TimeSpan.FromSeconds(15);
            collection.CollectionAge = IdleAge;
        });
        silo.AddGrainService<SiloRoster>();
        ContractSerialization.Add(silo.Services);
    }

    private static void Set(ClusterMembershipOptions membership, SiloOptions options)
    {
        // Loss of a silo: ProbesMissedMax probes, one each ProbeTimeout, and one vote, so that two silos can do
        // without a third. MaxProbeTimeout bounds what a degraded prober adds to that; it, and not ProbeTimeout,
        // decides how long a frozen silo is waited for.
        membership.ProbeTimeout = options.ProbeTimeout;
        membership.MaxProbeTimeout = 2 * options.ProbeTimeout;
        membership.NumMissedProbesLimit = options.ProbesMissedMax;
        membership.NumVotesForDeathDeclaration = 1;

        // No second opinion by way of a third silo: when two die at once, the one asked is as dead as the one
        // asked about, and the last waited 18 s. The price: a silo whose own network is broken, but not its way
        // to Redis, votes out silos that are well. They end themselves and are started again; nothing is lost.
        membership.EnableIndirectProbes = false;
        membership.ExtendProbeTimeoutDuringDegradation = false;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
