"""Channel layer: Redis where there is one, in-process otherwise."""

from config.settings.environment import env

_redis = env("REDIS_URL", default="").rstrip("/")
if _redis:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"{_redis}/2"]},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
